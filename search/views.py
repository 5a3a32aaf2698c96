def results(request, **kwargs):
    raise NotImplementedError
