"""The people and the clinic in a FHIR Appointment."""

LANGUAGE_TAGS = "urn:ietf:bcp:47"


def patient(request):
    resource = {
        "resourceType": "Patient",
        "id": "pat",
        "name": [{"text": request.name}],
        "telecom": telecom(request),
        "birthDate": request.birth_date and request.birth_date.isoformat(),
        "communication": [
            {
                "language": {"coding": [{"system": LANGUAGE_TAGS, "code": request.language}]},
                "preferred": True,
            }
        ],
    }
    return {name: value for name, value in resource.items() if value}


def telecom(request):
    """How to reach them, the better way first."""
    extension = f" ext. {request.phone_extension}" if request.phone_extension else ""
    ways = [
        {"system": "phone", "value": request.phone and request.phone + extension},
        {"system": "email", "value": request.email},
    ]
    if request.channel != "call":
        ways.reverse()
    given = [way for way in ways if way["value"]]
    return [way | {"rank": rank} for rank, way in enumerate(given, start=1)]


def carer(request):
    """Whoever asks for somebody else, if the request says so."""
    if not (request.is_for_other and request.requester_name):
        return []
    resource = {
        "resourceType": "RelatedPerson",
        "id": "carer",
        "patient": {"reference": "#pat"},
        "name": [{"text": request.requester_name}],
    }
    if request.relationship:
        resource["relationship"] = [{"text": str(request.get_relationship_display())}]
    return [resource]


def clinic_as_service(ours):
    """R4 lets no Organization take part in an Appointment, but the service it offers."""
    return {
        "resourceType": "HealthcareService",
        "id": "clinic",
        "name": ours.name,
        "telecom": [{"system": "phone", "value": ours.phone_label}],
    }
