"""One workspace, many workspaces, the end of a build."""
