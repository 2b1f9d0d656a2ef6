"""Putting people in touch: nobody's contact goes anywhere before both have said yes."""
