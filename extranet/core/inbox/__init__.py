"""The inbox (我的消息) at ``/extranet/inbox/``: read, keep for later, choose what comes by mail."""
