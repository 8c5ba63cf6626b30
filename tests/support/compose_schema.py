"""The parts of the compose specification that we use, as a JSON Schema: unknown keys are mistakes."""

WORDS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
DURATION = {"type": "string", "pattern": r"^(\d+(h|m|s))+$"}
TEXT_MAP = {"type": "object", "additionalProperties": {"type": "string"}}

SERVICE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["image"],
    "properties": {
        "build": {"type": "string"},
        "image": {"type": "string"},
        "user": {"type": "string"},
        "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
        "init": {"type": "boolean"},
        "read_only": {"type": "boolean"},
        "tmpfs": WORDS,
        "security_opt": WORDS,
        "cap_drop": WORDS,
        "shm_size": {"type": "string", "pattern": r"^\d+(b|kb|mb|gb)$"},
        "stop_grace_period": DURATION,
        "command": WORDS,
        "environment": {  # null: the variable of that name where Compose runs, or of .env
            "type": "object",
            "additionalProperties": {"type": ["string", "null"]},
        },
        "ports": WORDS,
        "volumes": {"type": "array", "items": {"type": "string", "pattern": r"^[a-z]+:/[^:]+(:ro)?$"}},
        "depends_on": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["condition"],
                "properties": {
                    "condition": {
                        "enum": ["service_started", "service_healthy", "service_completed_successfully"]
                    }
                },
            },
        },
        "healthcheck": {
            "type": "object",
            "additionalProperties": False,
            "required": ["test", "interval", "timeout", "retries"],
            "properties": {
                "test": {
                    "type": "array",
                    "items": [{"enum": ["CMD", "CMD-SHELL"]}],
                    "additionalItems": {"type": "string"},
                    "minItems": 2,
                },
                "interval": DURATION,
                "timeout": DURATION,
                "start_period": DURATION,
                "retries": {"type": "integer", "minimum": 1},
            },
        },
    },
}

COMPOSE = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "additionalProperties": False,
    "required": ["services"],
    "patternProperties": {"^x-": {}},
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
        "services": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "patternProperties": {"^[a-zA-Z0-9._-]+$": SERVICE},
        },
        "volumes": {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {"^[a-zA-Z0-9._-]+$": {"type": "null"}},
        },
    },
}
