"""Dates and times read from text."""
from datetime import datetime

for text, form in [
    ("2024-03-01 10:05", "%Y-%m-%d %H:%M"),
    ("29/02/24", "%d/%m/%y"),
    ("5 Mar 2023", "%d %b %Y"),
    ("Friday, 1 March 2024", "%A, %d %B %Y"),
    ("12:30 AM", "%I:%M %p"),
    ("07:15:09 pm", "%I:%M:%S %p"),
    ("10:00:01.25", "%H:%M:%S.%f"),
    ("100%  x", "%m%%%S x"),
    ("2024-3-1T4:5", "%Y-%m-%dT%H:%M"),
    ("2024-13-01", "%Y-%m-%d"),
    ("24-01-01", "%Y-%m-%d"),
    ("2024-01-01 rest", "%Y-%m-%d"),
    ("x", "%Y"),
    ("1", "%"),
]:
    try:
        print(repr(text), datetime.strptime(text, form))
    except ValueError as error:
        print(repr(text), "ValueError", error)
print(datetime.strptime("10:30", "%H:%M").time(), datetime.strptime("2024-02-29", "%Y-%m-%d").date())
print(datetime.strptime("2024-01-02", "%Y-%m-%d") - datetime.strptime("2023-12-31", "%Y-%m-%d"))
