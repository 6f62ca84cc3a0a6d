"""What zoneinfo's parts share: the fallback to the package tzdata, and the error. Files are read by _zoneinfo."""


class ZoneInfoNotFoundError(KeyError):
    """Exception raised when a ZoneInfo key is not found."""


def load_tzdata(key):
    """The file of a zone in the package tzdata, opened for reading bytes."""
    from importlib import resources

    *folders, name = key.split("/")
    package = ".".join(["tzdata.zoneinfo", *folders])
    try:
        path = resources.files(package).joinpath(name)
        # On some systems opening a folder is a matter of permissions.
        if path.is_dir():
            raise IsADirectoryError
        return path.open("rb")
    # There is no tzdata, or it has no such folder or file, or the key has a lone surrogate.
    except (ImportError, FileNotFoundError, IsADirectoryError, UnicodeEncodeError):
        raise ZoneInfoNotFoundError(f"No time zone found with key {key}")
