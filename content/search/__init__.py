"""Finding pages by the words people use, in both languages and on either database."""
