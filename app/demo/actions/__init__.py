"""The verbs that bring the make-believe organisation in, one file per subject."""
