"""The page on this machine: it does what the command line does, with the same record to the byte; extra `web`.

In come uploads and clicks of a person at this desk, out go pages and the same files as on the command line. What must
never happen here: an asset from another host, a file name used as a path, a client's name in a log, an own verdict.
"""
