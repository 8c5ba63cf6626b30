"""What coaching shows behind the participant's personal link."""
