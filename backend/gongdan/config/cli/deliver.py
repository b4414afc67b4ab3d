"""``gongdan deliver``: the process that tells webhooks what happened."""

from gongdan.config.cli.environment import use_django


def command() -> None:
    """Tell webhooks what happened until told to stop. `gongdan up` starts one by itself."""
    use_django()
    from gongdan.config.deliver import main

    main()
