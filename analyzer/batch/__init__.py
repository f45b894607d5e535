"""Many articles: what there is to do, who does it, and what is written down when it is done.

``items`` finds the articles, ``driver`` knows what is missing and takes what comes back, ``engines`` do the work.
"""
