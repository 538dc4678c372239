"""Rows and decisions to and from programs in which people annotate texts: Label Studio, doccano, Prodigy, and those
that speak the W3C's Web Annotation.

What goes out is a list of `exchange.Passage`, what comes back a list of `exchange.Sheet`; each program's file is made
of the one and read into the other by its module. `taking` makes decisions of sheets.
"""
