"""Which variables a template reads, as dotted paths such as ``пары[].наставник.фио``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from jinja2 import nodes

Scope = Mapping[str, str]


def paths_in(
    tree: nodes.Node, common_names: frozenset[str], block: Callable[[str], nodes.Node | None]
) -> set[str]:
    """Return the paths that a template reads, e.g. ``пары[].наставник.фио``.

    Args:
        tree: The parsed template.
        common_names: Names that every template has and that are no variables, such as ``range``.
        block: Returns the parsed block of a name, or nothing.
    """
    walker = _Walker(common_names, block)
    walker.visit(tree, {})
    return {path for path in walker.found if path}


class _Walker:
    """Collects paths while it walks a tree; ``scope`` maps local names to the paths they mean."""

    def __init__(
        self, common_names: frozenset[str], block: Callable[[str], nodes.Node | None]
    ) -> None:
        self.found: set[str] = set()
        self._common_names = common_names
        self._block = block
        self._inside: tuple[str, ...] = ()

    def visit(self, node: nodes.Node, scope: dict[str, str]) -> None:
        """Walk a node; assignments change ``scope`` for what follows."""
        if isinstance(node, nodes.For):
            self._visit_loop(node, scope)
        elif isinstance(node, nodes.Assign):
            self.visit(node.node, scope)
            self._bind(node.target, self._path(node.node, scope) or "", scope)
        elif isinstance(node, nodes.With):
            inner = dict(scope)
            for target, value in zip(node.targets, node.values, strict=True):
                self.visit(value, scope)
                self._bind(target, self._path(value, scope) or "", inner)
            self._visit_all(node.body, inner)
        elif isinstance(node, nodes.Include):
            self._visit_include(node, scope)
        else:
            self._visit_value(node, scope)

    def _visit_value(self, node: nodes.Node, scope: dict[str, str]) -> None:
        path = self._path(node, scope)
        if path is not None:
            self.found.add(path)
            for inner in _subscripts(node):
                self.visit(inner, scope)
            return
        self._visit_all(list(node.iter_child_nodes()), scope)

    def _visit_all(self, several: list[nodes.Node], scope: dict[str, str]) -> None:
        for one in several:
            self.visit(one, scope)

    def _visit_loop(self, node: nodes.For, scope: dict[str, str]) -> None:
        self.visit(node.iter, scope)
        path = self._path(node.iter, scope) or self._filtered(node.iter, scope)
        inner = {**scope, "loop": ""}
        # What comes in groups are lists of the same rows.
        item = path if _is_grouped(node.iter) else f"{path}[]"
        self._bind(node.target, item if path else "", inner)
        if node.test is not None:
            self.visit(node.test, inner)
        self._visit_all(node.body, inner)
        self._visit_all(node.else_, dict(scope))

    def _filtered(self, node: nodes.Node, scope: dict[str, str]) -> str:
        """Return the path that filters are applied to, as in ``for пара in пары|sort``."""
        while isinstance(node, nodes.Filter) and node.node is not None:
            node = node.node
        return self._path(node, scope) or ""

    def _visit_include(self, node: nodes.Include, scope: dict[str, str]) -> None:
        if not isinstance(node.template, nodes.Const):
            self.visit(node.template, scope)
            return
        name = str(node.template.value)
        tree = None if name in self._inside else self._block(name)
        if tree is not None:
            before, self._inside = self._inside, (*self._inside, name)
            self.visit(tree, dict(scope))
            self._inside = before

    def _bind(self, target: nodes.Node, path: str, scope: dict[str, str]) -> None:
        for name in target.find_all(nodes.Name):
            scope[name.name] = ""
        if isinstance(target, nodes.Name):
            scope[target.name] = path

    def _path(self, node: nodes.Node, scope: Scope) -> str | None:
        """Return the dotted path of an expression; empty for local values, None for no path."""
        if isinstance(node, nodes.Name):
            if node.name in scope:
                return scope[node.name]
            return "" if node.name in self._common_names else node.name
        if isinstance(node, nodes.Getattr):
            base = self._path(node.node, scope)
            return base and f"{base}.{node.attr}"
        if isinstance(node, nodes.Getitem):
            return self._item_path(node, scope)
        return None

    def _item_path(self, node: nodes.Getitem, scope: Scope) -> str | None:
        base = self._path(node.node, scope)
        if not base:
            return base
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return f"{base}.{node.arg.value}"
        return f"{base}[]"


def _is_grouped(node: nodes.Node) -> bool:
    """Return whether a list comes in groups, as in ``for строка in пары|по_группам``."""
    return isinstance(node, nodes.Filter) and node.name == "по_группам"


def _subscripts(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the expressions in square brackets along a path."""
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        if isinstance(node, nodes.Getitem):
            yield node.arg
        node = node.node
