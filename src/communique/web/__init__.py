"""The web reader: an archive in the browser, each record one click from its words, and an API for programs.

app.py        the application: what is asked → what answers
settings.py   what the user chose at the start
guards.py     headers, hosts, origins, bounds: what holds for every answer
data/         what a page tells, as typed values, without a thought of how it looks
pages/        routes of pages: parse, call data, render
api/          routes for programs
templates/    markup; static/ style, scripts, pictures; languages/ the words of the interface
"""
