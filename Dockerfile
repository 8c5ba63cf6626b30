# The program for web, worker, beat and the one-shot migration: one image, four commands.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    GENERATED_FILES_DIR=/srv/files

# what WeasyPrint opens, and a font (core/system_libraries.py has the same list)
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libglib2.0-0 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 \
        libfontconfig1 fonts-liberation \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --home-dir /srv/app --shell /usr/sbin/nologin valmennus \
    && mkdir -p /srv/app /srv/files /srv/beat \
    && chown valmennus:valmennus /srv/files /srv/beat

WORKDIR /srv/app
COPY requirements.txt .
RUN pip install --requirement requirements.txt
COPY . .

# nothing below needs a secret: the building settings hold none
RUN DJANGO_SETTINGS_MODULE=config.settings.build python manage.py compile_catalogues \
    && DJANGO_SETTINGS_MODULE=config.settings.build python manage.py collectstatic --noinput --verbosity 0

USER valmennus
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--max-requests", "5000", "--max-requests-jitter", "500", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket", "--access-logfile", "/dev/null", "--forwarded-allow-ips", "*"]
