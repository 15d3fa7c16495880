"""Where the make-believe organisation is written down."""
