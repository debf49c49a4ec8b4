"""What was typed wrongly is answered in one line that says where to read on."""

from collections.abc import Iterator

import click
import pytest

from muster.config.cli import main, muster

READ_LATER = (click.types.StringParamType, click.Choice, click.Path, click.File)
READ_LATER += (click.types.BoolParamType, click.types.UnprocessedParamType)


def typed(command: click.Command, *words: str) -> Iterator[tuple[str, ...]]:
    """Every command with a number or day of nonsense, below this one."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below:
                yield from typed(below, *words, name)
        return
    for option in command.params:
        if isinstance(option, click.Option) and not isinstance(option.type, READ_LATER):
            yield (*words, option.opts[0], "nonsense")


@pytest.mark.django_db
def test_nonsense_for_a_day_or_a_number_is_one_line_in_every_command(capsys) -> None:
    asked = [words for words in typed(muster) if words[0] != "manage"]
    assert len(asked) > 20
    for words in asked:
        with pytest.raises(SystemExit) as ended:
            main(*words)
        told = capsys.readouterr().err
        assert ended.value.code == 2, words
        assert len(told.splitlines()) == 1, told
        assert "nonsense" in told or "--help" in told, words


@pytest.mark.django_db
def test_a_command_that_is_not_there_is_one_line(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main("units", "cuont")
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
