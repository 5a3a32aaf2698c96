def network_list(request, **kwargs):
    raise NotImplementedError


def network_detail(request, **kwargs):
    raise NotImplementedError


def initiative_detail(request, **kwargs):
    raise NotImplementedError


def declaration_detail(request, **kwargs):
    raise NotImplementedError


def organisation_detail(request, **kwargs):
    raise NotImplementedError
