"""Saved web pages: what they are, their tree, their blocks, which of these are the article, and their metadata."""
