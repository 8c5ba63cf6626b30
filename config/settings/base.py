"""What every installation shares. Nothing here is secret and nothing here is domain."""

from pathlib import Path

from celery.schedules import crontab
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

from config.env import env_bool, env_int, env_list, env_str

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
IS_DEMO = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.admin",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "core",
    "accounts",
    "participants",
    "coaching",
    "employers",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.request_id",
    "core.middleware.strict_headers",
    "core.middleware.lead_to_the_page_above",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.remember_unsent_form",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "core.middleware.no_store_when_signed_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.answer_domain_errors",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.page_frame",
            ],
            "builtins": ["core.templatetags.page_pieces", "core.templatetags.kept_parts"],
        },
    }
]

# --- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True

# --- people and passwords ----------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.EmailBackend",
]
LOGIN_URL = "accounts:log-in"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = env_int("LOGIN_FAILURE_LIMIT", 5)
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_CALLABLE = "accounts.views.log_in.locked_out"
AXES_HANDLER = "accounts.lockout.QuietHandler"  # counts without keeping what was typed
AXES_USERNAME_CALLABLE = "accounts.lockout.hashed_address"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_address"
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0)  # how many proxies of ours stand in front
AXES_CLIENT_STR_CALLABLE = "accounts.lockout.nameless_client"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the moment told to the person stays true
AXES_DISABLE_ACCESS_LOG = True  # log-ins stand in our own audit trail
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

# --- headers (architecture: no inline script, style or handler anywhere) -------------------------
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- static and generated files ----------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "core.static_finder.UsedLibraryFilesFinder",
]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
GENERATED_FILES_DIR = env_str("GENERATED_FILES_DIR", str(VAR_DIR / "files"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": GENERATED_FILES_DIR, "base_url": None},
    },
    "staticfiles": {"BACKEND": "core.static_storage.CompressedManifestStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- forms -------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_TAGS = {message_levels.ERROR: "danger", message_levels.DEBUG: "secondary"}

# --- mail --------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", "valmennuskuukausi@localhost")
# Where mail that does not arrive comes back to, and the mailbox in which it is read (core/bounces.py)
BOUNCE_ADDRESS = env_str("BOUNCE_ADDRESS", "")
BOUNCE_IMAP_HOST = env_str("BOUNCE_IMAP_HOST", "")
BOUNCE_IMAP_PORT = env_int("BOUNCE_IMAP_PORT", 993)
BOUNCE_IMAP_TLS = env_bool("BOUNCE_IMAP_TLS", True)
BOUNCE_IMAP_USER = env_str("BOUNCE_IMAP_USER", "")
BOUNCE_IMAP_PASSWORD = env_str("BOUNCE_IMAP_PASSWORD", "")
BOUNCE_IMAP_FOLDER = env_str("BOUNCE_IMAP_FOLDER", "INBOX")
PUBLIC_ADDRESS = env_str("PUBLIC_ADDRESS", "http://127.0.0.1:8000")

# --- the participant's personal link -------------------------------------------------------------
PERSONAL_LINK_DAYS = env_int("PERSONAL_LINK_DAYS", 60)  # and two weeks over the end of the month
PERSONAL_LINK_IDLE_MINUTES = env_int("PERSONAL_LINK_IDLE_MINUTES", 30)

# --- jobs --------------------------------------------------------------------------------------
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 180
CALENDAR_FEED_DAYS = env_int("CALENDAR_FEED_DAYS", 400)  # how long a calendar address works
WORK_LEASE_SECONDS = env_int("WORK_LEASE_SECONDS", 90)  # longer than its jobs' time limits
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "send-waiting-mail": {"task": "core.tasks.send_waiting_mail", "schedule": 30.0},
    "read-returned-mail": {"task": "core.tasks.read_returned_mail", "schedule": 300.0},
    "requeue-expired-work": {"task": "core.tasks.requeue_expired_work", "schedule": 15.0},
    "note-worker-heartbeat": {"task": "core.tasks.note_worker_heartbeat", "schedule": 15.0},
    "drop-expired-previews": {
        "task": "participants.tasks.drop_expired_previews",
        "schedule": crontab(minute=25),
    },
    "drop-expired-employer-lists": {
        "task": "employers.tasks.drop_expired_employer_lists",
        "schedule": crontab(minute=35),
    },
    "drop-expired-files": {"task": "reports.tasks.drop_expired_files", "schedule": crontab(minute=45)},
    "find-places": {"task": "employers.tasks.find_places", "schedule": crontab(hour=5, minute=40)},
    "drop-old-technical-rows": {
        "task": "core.tasks.drop_old_technical_rows",
        "schedule": crontab(hour=3, minute=10),
    },
}

# --- rules that a law, a contract or the model sets: dated settings with their source -------------
GROUP_MINIMUM = 8  # seeds 000 and 002: "8-10 hengen ryhma"
GROUP_CAPACITY = 10
ONWARD_PATH_TARGET_PERCENT = 60  # seed 000: "vahintaan 60 prosenttia ... heti valmennuksen jalkeen"
HIRE_FIRST_CONTACT_DAYS = 14  # issue 4: contacts inside the trial period of a job, for both sides
HIRE_LAST_CONTACT_DAYS = 14
WORK_TRIAL_USUAL_HOURS = 4  # what the grid writes for a half day when no work trial says otherwise
# (code, value, holds for trials that begin on or after, source); they warn only, see employers.limits
WORK_TRIAL_LIMITS = [
    ("hours_at_least", 4, "2000-01-01", "toimistot.te-palvelut.fi/tyokokeilun-kaytannot-ja-saannokset"),
    ("hours_at_most", 8, "2000-01-01", "toimistot.te-palvelut.fi/tyokokeilun-kaytannot-ja-saannokset"),
    ("days_a_week", 5, "2000-01-01", "toimistot.te-palvelut.fi/tyokokeilun-kaytannot-ja-saannokset"),
    ("months_in_all", 12, "2000-01-01", "the act before 2025: 12 months in all, 6 with one organiser"),
    ("months_one_workplace", 6, "2000-01-01", "the act before 2025: 12 months in all, 6 with one organiser"),
    ("months_in_all", 6, "2025-01-01", "lappeenranta.fi/en/services/work-try-out: at most six months"),
]
TRAVEL_MONEY_EUR_A_DAY = 9  # evidence anchors-systems 11.3: Kela kulukorvaus
OWN_ILLNESS_DAYS_WITHOUT_CERTIFICATE = 3  # evidence anchors-systems 11.3
TEMPORARY_HETU_ALLOWED = False  # the 900-series is never given to a person; demo and tests use it
SICK_CHILD_MAX_DAYS = 4  # evidence anchors-systems 11.3
ALERT_ABSENCES_IN_A_ROW = env_int("ALERT_ABSENCES_IN_A_ROW", 3)  # issue 3; anchors-systems row 21: 2-3
ALERT_DAYS_WITHOUT_INDIVIDUAL_TIME = env_int("ALERT_DAYS_WITHOUT_INDIVIDUAL_TIME", 5)  # issue 3; working days
SELF_SEARCH_DAYS = env_int("SELF_SEARCH_DAYS", 8)  # issue 4, E11; working days of the month
EMPLOYER_QUIET_MONTHS = env_int("EMPLOYER_QUIET_MONTHS", 4)  # evidence 003 F25: contact 2-3 times a year
EMPLOYER_DOUBLE_CONTACT_DAYS = env_int("EMPLOYER_DOUBLE_CONTACT_DAYS", 14)  # issue 4; shown before a call
VISIT_FIRST_WITHIN_DAYS = env_int("VISIT_FIRST_WITHIN_DAYS", 5)  # issue 4: in the first week; days
VISIT_EVERY_DAYS = env_int("VISIT_EVERY_DAYS", 7)  # issue 4: then weekly
START_NEAR_DAYS = env_int("START_NEAR_DAYS", 5)  # issue 4: starts that lack a brief or an opening talk
LEAD_STUCK_DAYS = env_int("LEAD_STUCK_DAYS", 14)  # evidence 003 C7: stuck in the early part; days in a stage
WORKPLACE_LINK_DAYS = env_int("WORKPLACE_LINK_DAYS", 60)  # a trial of a month and the feedback after it
DELIVERY_LINK_DAYS = env_int("DELIVERY_LINK_DAYS", 14)  # te-summary.md, Delivery
DELIVERY_OPEN_MINUTES = env_int("DELIVERY_OPEN_MINUTES", 60)  # how long a right code keeps the page open
FILE_JOB_DAYS = env_int("FILE_JOB_DAYS", 7)  # how long a file that was made as a job is kept
DATA_REQUEST_DAYS = 30  # GDPR article 12(3): an answer within a month
AFTERCARE_WINDOWS = (4, 6)  # months; evidence seed 004 L963 and L1029
AFTERCARE_MOST_HOURS = env_int("AFTERCARE_MOST_HOURS", 10)  # evidence seed 004 L963, L1029

# --- logs carry ids, never names ----------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "core.logs.RequestIdFilter"},
        "hide_link_secrets": {"()": "core.logs.HideLinkSecrets"},
    },
    "formatters": {
        "line": {
            "()": "core.logs.LineWithoutRowValues",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id", "hide_link_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": env_str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}

SILENCED_SYSTEM_CHECKS: list[str] = []
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
