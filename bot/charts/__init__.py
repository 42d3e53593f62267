"""Pictures of figures. `process.py` is what the rest of the bot calls; the others run in a process of their own.

Promises
- The bot itself never loads matplotlib: the process that draws ends with the last picture, and its memory with it.
- That process gets no token and no key, and its output is pictures only.
"""
