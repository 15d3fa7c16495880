"""The world of the generated tests, built once per worker."""

from collections.abc import Iterator

import pytest

from tests.architecture.world import World


@pytest.fixture(scope="session")
def built_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The cast, their sessions and their things."""
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture
def world(built_world: World) -> Iterator[World]:
    """The world as it was built, whatever another test did to it."""
    built_world.reset()
    yield built_world
    built_world.reset()
