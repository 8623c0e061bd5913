"""The photo desk (照片台): where an editor fills an album, orders its photos and writes their captions.

Photos belong to the album's draft. Each one that arrives is written into it at once, under a lock on the
page, so that a lost connection loses nothing that was acknowledged and two people lose nothing to each other.
"""
