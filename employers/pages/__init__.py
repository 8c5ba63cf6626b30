"""What the pages show, as plain data: queries here, loops in the templates."""
