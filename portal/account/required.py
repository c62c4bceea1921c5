"""Fields that must be there, where the domain says so: together with everything else that is wrong, in one round."""


class Required:
    """Marks the field for its label and for browsers, and refuses nothing by itself."""

    field_flags = {"required": True}

    def __call__(self, form, field) -> None:
        """Leave it to the domain."""


REQUIRED = Required()
