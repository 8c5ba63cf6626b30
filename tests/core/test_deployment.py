"""What production stands on: its settings, its compose file, its image, its list of variables."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from core.system_libraries import FONT_PACKAGE, LIBRARIES
from tests.support.compose_schema import COMPOSE
from tests.support.production_settings import check_deploy, run_manage

PROJECT = Path(__file__).resolve().parent.parent.parent
SECRETS = ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "FIELD_HASH_KEY", "DATABASE_URL", "REDIS_URL")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))


def documented_variables() -> set[str]:
    text = (PROJECT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", text, flags=re.MULTILINE))


def variables_the_settings_read() -> set[str]:
    paths = [*(PROJECT / "config").rglob("*.py"), *(PROJECT / "core" / "embedded").glob("*.py")]
    return {name for path in paths for name in variables_read_in(path)}


def variables_read_in(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = ast.unparse(node.func)
        is_read = name in ("env_str", "env_bool", "env_int", "env_list", "os.environ.get", "os.getenv")
        if is_read and isinstance(node.args[0], ast.Constant):
            found.add(node.args[0].value.removesuffix("_FILE"))
    return found


# --- settings -----------------------------------------------------------------------------------
def test_production_passes_djangos_deployment_check():
    result = check_deploy()
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", [*SECRETS, "ALLOWED_HOSTS", "PUBLIC_ADDRESS", "EMAIL_HOST"])
def test_production_refuses_to_start_without(name):
    result = run_manage("check", without=(name,))
    assert result.returncode != 0
    assert f"{name} is not set" in result.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_HASH_KEY", "DATABASE_URL"])
def test_a_secret_may_come_from_a_file(name, tmp_path):
    from tests.support.production_settings import INVENTED

    file = tmp_path / "secret"
    file.write_text(INVENTED[name] + "\n")
    result = run_manage("check", without=(name,), **{f"{name}_FILE": str(file)})
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("command", "role"),
    [("migrate", "valmennus_owner"), ("grant_app_role", "valmennus_owner"), ("shell", "valmennus_app")],
)
def test_only_what_changes_tables_runs_as_the_owner(command, role, monkeypatch):
    from config.env import runs_as_owner

    assert runs_as_owner(["manage.py", command]) == (role == "valmennus_owner")
    assert not runs_as_owner(["celery", command])
    assert not runs_as_owner(["/usr/bin/gunicorn", command])


# --- compose ------------------------------------------------------------------------------------
def test_the_compose_file_follows_the_specification(compose):
    jsonschema.Draft7Validator.check_schema(COMPOSE)
    jsonschema.validate(compose, COMPOSE)


def test_the_schema_notices_a_mistake(compose):
    broken = {**compose, "services": {**compose["services"], "web": {"image": "x", "comand": ["y"]}}}
    with pytest.raises(jsonschema.ValidationError, match="comand"):
        jsonschema.validate(broken, COMPOSE)


def test_the_services_and_their_order(compose):
    services = compose["services"]
    assert set(services) == {"web", "worker", "beat", "migrate", "postgres", "redis"}
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert services["migrate"]["restart"] == "no"


def test_every_named_volume_and_dependency_exists(compose):
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in compose["volumes"]
        for dependency in service.get("depends_on", {}):
            assert dependency in compose["services"]


def test_every_lasting_service_has_a_health_check(compose):
    for name, service in compose["services"].items():
        assert ("healthcheck" in service) == (name != "migrate"), name


def test_the_worker_can_be_scaled(compose):
    worker = compose["services"]["worker"]
    assert "container_name" not in worker
    assert "ports" not in worker


def test_database_and_queue_are_not_published(compose):
    assert "ports" not in compose["services"]["postgres"]
    assert "ports" not in compose["services"]["redis"]
    assert compose["services"]["web"]["ports"] == ["${WEB_BIND:-127.0.0.1:8000}:8000"]


def test_only_the_migration_knows_the_owners_password(compose):
    knowing = {
        name for name, service in compose["services"].items() if "DATABASE_OWNER_PASSWORD" in str(service)
    }
    assert knowing == {"migrate", "postgres"}


def test_no_secret_has_a_default(compose):
    for name, default in re.findall(r"\$\{(\w+)(:-[^}]*)?", str(compose)):
        if re.search(r"PASSWORD|KEY", name) and name != "EMAIL_HOST_PASSWORD":
            assert not default, name


def test_every_variable_of_the_compose_file_is_documented():
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    assert used
    assert used <= documented_variables()


def test_every_variable_that_the_settings_read_is_documented():
    read = variables_the_settings_read()
    assert {"SECRET_KEY", "PORT", "DATABASE_OWNER_URL"} <= read
    assert read - documented_variables() == set()


def test_every_variable_of_production_reaches_the_containers(compose):
    """Otherwise a line in .env would be without effect, and nobody would notice."""
    elsewhere = {
        "DATABASE_APP_ROLE",  # the user of DATABASE_URL
        "DATABASE_OWNER_URL",  # for `migrate` alone
        "GENERATED_FILES_DIR",  # the image's
        "DJANGO_SETTINGS_MODULE",
    }
    reading = [PROJECT / "config" / "settings" / name for name in ("base.py", "production.py")]
    read = {name for path in reading for name in variables_read_in(path)}
    for service in ("web", "worker", "beat"):
        assert read - elsewhere - set(compose["services"][service]["environment"]) == set(), service


def test_the_example_holds_no_secret():
    text = (PROJECT / ".env.example").read_text(encoding="utf-8")
    for name, value in re.findall(r"^([A-Z_]+)=(.*)$", text, flags=re.MULTILINE):
        if re.search(r"PASSWORD|KEY", name):
            assert value == "", name


# --- image --------------------------------------------------------------------------------------
def test_the_image_has_the_libraries_that_the_pdf_needs_and_no_root():
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    for package in [*LIBRARIES.values(), FONT_PACKAGE]:
        assert package in text, package
    assert re.search(r"^USER valmennus$", text, flags=re.MULTILINE)


def test_ci_runs_the_same_commands_as_everybody():
    script = PROJECT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]
