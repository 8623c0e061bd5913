"""The desk of the honour register: how honours are written, withdrawn, restored, listed and handed out.

Whoever may publish keeps the register (复审): a row is on the wall as soon as it is saved, there is no draft.
Editors see the register and choose from it for the pages they write; these go through both reviews.
"""
