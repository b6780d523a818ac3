"""What the texts of papers can speak of: the books' own fields by their labels, and what follows from them.

``roots.facts_for`` gives what a paper can tell; a module for each kind of thing says what that thing can be
asked. A fact is declared here only where no book declares it as a field.
"""
