"""Codes of the reports: one file per noun. Values are stable, labels are translated."""

from reports.enums.decision import AftercareAnswer, DecisionKind, UseChannel
from reports.enums.files import DigestPeriod, FileKind, RequestAnswer, RequestChannel
from reports.enums.summary import (
    COMMENT_LIMIT,
    IN_WORK,
    MANDATORY_BLOCKS,
    OPTIONAL_BLOCKS,
    TEXT_LIMITS,
    ApprovalMethod,
    Block,
    FailureCause,
    MissingReason,
    SummaryState,
    TextField,
)

__all__ = [
    "COMMENT_LIMIT",
    "IN_WORK",
    "MANDATORY_BLOCKS",
    "OPTIONAL_BLOCKS",
    "TEXT_LIMITS",
    "AftercareAnswer",
    "ApprovalMethod",
    "Block",
    "DecisionKind",
    "DigestPeriod",
    "FailureCause",
    "FileKind",
    "MissingReason",
    "RequestAnswer",
    "RequestChannel",
    "SummaryState",
    "TextField",
    "UseChannel",
]
