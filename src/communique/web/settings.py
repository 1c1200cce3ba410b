"""What the user chose when starting the web reader."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.coder import Coder

# By these names a browser on this machine asks for us.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """``hosts`` are the names by which browsers may ask for this server, without ports; others are refused.

    ``auth`` asks readers to sign in. ``model``, ``trained`` and ``ontology`` are those of ``Coder``, for what is
    uploaded. ``languages`` are files of further languages of the interface. ``sign_up`` lets anybody sign up, not only
    the first. ``warm`` loads the language model at once, not when it is first needed.
    ``seconds`` bounds the queries of one page.
    """

    archive: Path
    people: Path
    hosts: tuple[str, ...] = LOOPBACK
    auth: bool = False
    model: str | None = None
    trained: bool = True
    ontology: Path | None = None
    languages: tuple[Path, ...] = ()
    sign_up: bool = True
    warm: bool = False
    seconds: float = 10.0

    def coder(self) -> "Coder":
        """Return what codes with these settings; it takes seconds to load."""
        from communique.coder import Coder

        return Coder(self.model, trained=self.trained, ontology=self.ontology)

    @classmethod
    def of(cls, archive: str | Path, **chosen: object) -> "Settings":
        """Return the settings for an archive; readers' data lie beside it."""
        path = Path(archive)
        return cls(archive=path, people=path.with_name(path.name + ".people"), **chosen)  # type: ignore[arg-type]
