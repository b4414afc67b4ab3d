"""``python -m gongdan.config.cli`` is ``gongdan``."""

from gongdan.config.cli import main

main()
