from wagtail.users.apps import WagtailUsersAppConfig


class UserAccountsConfig(WagtailUsersAppConfig):
    user_viewset = "content.user_accounts.views.UserAccountViewSet"
