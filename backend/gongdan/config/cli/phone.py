"""``gongdan phone``: the process that speaks with the telephone systems."""


def command() -> None:
    """Speak with the telephone systems until told to stop. `gongdan up` starts one by itself."""
    from gongdan.config.phone import main

    main()
