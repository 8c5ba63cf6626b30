"""The preview of a list as it waits in ReferralImport: rows with verdicts, encrypted, as JSON inside."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from core import crypto
from participants.enums import TO_DECIDE, RowVerdict
from participants.referral_list.columns import FIELD_LABELS
from participants.referral_list.faults import REMARK_SENTENCES, Fault
from participants.referral_list.matching import Judgement
from participants.referral_list.rows import Row

DATE_FIELDS = ("birth_date", "referred_on", "unemployed_since")


@dataclass
class PreviewRow:
    """One row and what is to become of it."""

    row: Row
    judgement: Judgement

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def verdict(self) -> str:
        return self.judgement.verdict

    @property
    def verdict_label(self) -> str:
        return str(RowVerdict(self.judgement.verdict).label)

    @property
    def is_to_decide(self) -> bool:
        return self.judgement.verdict in TO_DECIDE

    @property
    def name(self) -> str:
        values = self.row.values
        return f"{values.get('last_name', '')} {values.get('first_name', '')}".strip()

    @property
    def birth_date(self) -> dt.date | None:
        return self.row.values.get("birth_date")

    @property
    def contact(self) -> list[str]:
        values = self.row.values
        return [values[name] for name in ("phone", "email") if values.get(name)]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """`(field's label or "", sentence)` of each fault."""
        return [(label_of(fault), fault.sentence) for fault in self.row.faults]

    @property
    def remarks(self) -> list[str]:
        return [str(REMARK_SENTENCES[code]) for code in self.row.remarks]


def label_of(fault: Fault, labels=FIELD_LABELS) -> str:
    """The fault's field in words, "" for the whole row."""
    return str(labels[fault.field]) if fault.field else ""


def reason_of(row: Row, labels=FIELD_LABELS) -> str:
    """All faults in one cell of the file of failed rows."""
    return " ".join(
        f"{label[:1].upper()}{label[1:]}: {fault.sentence}"
        if (label := label_of(fault, labels))
        else fault.sentence
        for fault in row.faults
    )


def seal(rows: list[Row], judgements: list[Judgement]) -> str:
    """The text that ReferralImport.rows_encrypted keeps."""
    return crypto.encrypt(json.dumps([_dump(*pair) for pair in zip(rows, judgements, strict=True)]))


def unseal(text: str, *, dates=DATE_FIELDS, kind: type[PreviewRow] = PreviewRow) -> list[PreviewRow]:
    """The rows back again; nothing from an empty text. `dates` are the fields that hold a day."""
    return [_load(entry, dates, kind) for entry in json.loads(crypto.decrypt(text))] if text else []


def _dump(row: Row, judgement: Judgement) -> dict:
    return {
        "n": row.number,
        "cells": row.cells,
        "values": {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in row.values.items()},
        "faults": [[fault.field, fault.code, fault.detail] for fault in row.faults],
        "remarks": row.remarks,
        "verdict": str(judgement.verdict),
        "match": judgement.match,
        "candidates": judgement.candidates,
    }


def _load(entry: dict, dates: tuple[str, ...], kind: type[PreviewRow]) -> PreviewRow:
    values = {k: dt.date.fromisoformat(v) if k in dates else v for k, v in entry["values"].items()}
    row = Row(
        number=entry["n"],
        cells=entry["cells"],
        values=values,
        faults=[Fault(*fault) for fault in entry["faults"]],
        remarks=entry["remarks"],
    )
    return kind(row, Judgement(entry["verdict"], entry["match"], entry["candidates"]))
