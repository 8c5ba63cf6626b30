"""The summary for the TE-office: queries → frozen blocks → JSON → what is shown → HTML → PDF bytes."""
