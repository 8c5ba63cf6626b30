"""The demo's accounts, one per role, as the start-up lines show them."""

DEMO_ACCOUNTS = (
    ("valmentaja@demo.example", "coach"),
    ("koordinaattori@demo.example", "coordinator"),
    ("te@demo.example", "TE officer"),
    ("esihenkilo@demo.example", "manager"),
    ("admin@demo.example", "administrator"),
)
