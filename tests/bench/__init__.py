"""Benchmarks: what the bot costs, each against a bare limit measured on the same machine in the same run.

`python -m tests.bench` prints them as one table. They are no tests: a busy machine fails nothing.
"""
