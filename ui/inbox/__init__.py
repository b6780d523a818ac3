"""今天要办 in the window: the list, what its keys do, and the forms that its next steps open."""
