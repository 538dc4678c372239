import click
@click.group()
def review() -> None:
    pass
