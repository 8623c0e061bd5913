"""The roster (花名册): reading a spreadsheet, judging it against the house, writing one.

``reader`` runs as a program of its own with limits; ``reading`` calls it and finds the header row;
``columns`` says which columns there are; ``cells`` reads one cell; ``house`` is the house as it stands;
``checking`` finds every error and what would change; ``papers`` writes workbooks.
"""
