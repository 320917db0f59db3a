"""The site that `make docs` makes. Everything in it is local, so that it opens without a network."""

project = "elise-sweep"
author = "The elise-sweep authors"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "elise-sweep"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
highlight_language = "text"
# Two dashes begin an option.
smartquotes = False
# Anchors as GitHub makes them, which the links of the pages use.
myst_heading_anchors = 4
html_css_files = ["site.css"]
html_static_path = ["static"]
# A link to a folder or file of the project that is no page.
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure", "toc.not_included"]
