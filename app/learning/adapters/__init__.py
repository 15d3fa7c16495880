"""File formats of the learning room: a course's folder, its pictures, and certificates as PDF."""
