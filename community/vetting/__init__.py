"""How newcomers become members: one application, whichever door it came through.

``requests.submit`` takes a platform's join request, ``drafts`` guides an applicant in private and
``filling`` takes over what he tells, ``deciding`` is what admins do, ``states`` says what may
follow what, and ``hooks`` lists what else is done once something has been decided. Nothing is
imported here, so that what hangs on the hooks may import ``outcomes`` without going round in a
circle.
"""
