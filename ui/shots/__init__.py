"""Pictures of the real window: the camera, and what it visits."""
