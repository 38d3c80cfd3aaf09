"""Files for spreadsheet programs, in which nothing that a patient typed is computed."""

import csv
import io

from clinic_site.loading import loaded_when_used

openpyxl = loaded_when_used("openpyxl")

# What makes a program take the rest for a formula; the wide forms count in Japanese settings.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text):
    """The text as a cell shows it, rather than as one would compute it."""
    text = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_csv(file, rows):
    """Write rows of texts as UTF-8, with the mark by which Excel knows it; return how many."""
    words = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer, count = csv.writer(words, quoting=csv.QUOTE_ALL), 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        writer.writerow([defused(text) for text in row])
    words.detach()
    return count


def write_xlsx(file, rows):
    """Write rows of texts into one sheet, a row at a time; return how many."""
    workbook, count = openpyxl.Workbook(write_only=True), 0
    sheet = workbook.create_sheet()
    for count, row in enumerate(rows, start=1):  # noqa: B007
        sheet.append([defused(text) for text in row])
    workbook.save(file)
    return count
