"""``gongdan worker``: the process that runs listeners and jobs."""

from gongdan.config.cli.environment import use_django


def command() -> None:
    """Run listeners and jobs until told to stop. `gongdan up` starts one by itself."""
    use_django()
    from gongdan.config.worker import main

    main()
