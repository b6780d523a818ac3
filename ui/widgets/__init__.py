"""Small pieces that several pages share; none of them knows the desk."""
