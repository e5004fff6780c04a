def obligations(life, duty, as_at):
    return []


def differs(rows, expected, is_exact):
    return None
