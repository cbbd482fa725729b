"""A heading between the views of a page."""

from dashboards.store import Store
from dashboards.view import View


class Section(View):
    """A section's name and what it is for, by its key in the catalogue."""

    shape = "plain wide section"

    def __init__(self, store: Store, key: str) -> None:
        super().__init__(store)
        self.key, self.view = key, self.named(key)

    @staticmethod
    def named(key: str) -> str:
        """The view's name."""
        return f"section-{key.replace('.', '-')}"

    def answer(self) -> None:
        """Nothing is asked."""

    def patch(self, answer: None) -> dict[str, str]:
        """Two lines."""
        return {"html": f"<h2>{self.say(f'{self.key}.title')}</h2><p>{self.say(f'{self.key}.what')}</p>"}
